"""Values as lines of parts and tables, and those as text: one wording for screen, print, Markdown, ear and programs."""
