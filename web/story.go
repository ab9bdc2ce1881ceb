package web

// storyRoutes are about taking along, handing over and ending.
var storyRoutes = []Route{}
