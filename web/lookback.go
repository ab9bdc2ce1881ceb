package web

// lookBackRoutes are about looking back together.
var lookBackRoutes = []Route{}
