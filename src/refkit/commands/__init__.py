"""What a command does once its options are read: settings, one pipeline, report, exit code; knows nothing of click."""
