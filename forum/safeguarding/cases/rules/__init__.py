"""What may be done to a case: decisions without database or web; facts, time and policy are arguments."""
