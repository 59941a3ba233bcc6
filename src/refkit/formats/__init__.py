"""Data formats: one file per format, entries in, text out (and CSL-JSON items back)."""
