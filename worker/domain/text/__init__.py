"""From markup to text: characters, HTML, headlines, language, folding, addresses."""
