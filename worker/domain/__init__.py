"""The pure part: values in, a value and a reason out. No I/O, no clock, no settings."""
