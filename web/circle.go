package web

// circleRoutes are about the people around somebody.
var circleRoutes = []Route{}
