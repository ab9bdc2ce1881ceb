package web

// holdRoutes are about a dialogue while it is held.
var holdRoutes = []Route{}
