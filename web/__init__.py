"""Shows the resident's app in browsers, for the demonstration and for tests."""
