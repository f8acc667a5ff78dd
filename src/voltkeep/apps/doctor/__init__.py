"""`voltkeep doctor`: what is wrong with this machine or installation, and what to do."""
