"""The municipality's command line: keys, polls, invitations, counting, feedback. Not on the phone."""
