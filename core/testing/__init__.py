"""Real servers, fixtures and the conformance suite: for our tests and for other people's."""
