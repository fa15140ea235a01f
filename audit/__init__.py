"""What anybody can check of a municipality's polls, without a key."""
