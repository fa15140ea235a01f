"""Issuer, shuffler and ballot box. Not on the phone."""
