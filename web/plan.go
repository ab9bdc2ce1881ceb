package web

// planRoutes are about preparing a dialogue.
var planRoutes = []Route{}
