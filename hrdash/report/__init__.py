"""Values as lines of parts and tables, and those as text: worded once, for screen, print, Markdown, ear and programs."""
