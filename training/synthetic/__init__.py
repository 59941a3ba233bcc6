"""Made-up references whose labels are known: templates filled with word material, then roughened like real lists."""
