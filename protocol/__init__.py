"""What crosses the wire: messages, problem codes, manifest, tokens, sealing. No I/O."""
