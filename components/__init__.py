"""Controls that screens share: values in, events out."""
