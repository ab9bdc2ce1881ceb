package web

// agreementRoutes are about what partners will do.
var agreementRoutes = []Route{}
