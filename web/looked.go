package web

// lookRoutes are about who has looked.
var lookRoutes = []Route{}
