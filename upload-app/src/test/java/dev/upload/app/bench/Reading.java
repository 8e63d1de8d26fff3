package dev.upload.app.bench;

/** What one turn gave. */
record Reading(Unit unit, double value) {}
