// The screen that a report is laid out for: as wide as a terminal is at least.

export const WIDTH = 80;
