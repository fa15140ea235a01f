"""Every route of every server from its OpenAPI document, with thousands of requests that make no sense."""
