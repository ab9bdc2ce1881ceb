package web

// frictionRoutes are about what chafes.
var frictionRoutes = []Route{}
