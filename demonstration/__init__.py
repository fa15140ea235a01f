"""An invented municipality with everything running: what `make run` shows and the journey walks through."""
