// Package learn trains linear readers on hashed features, and keeps them
// small. A reader has one or more heads, each of which chooses between a few
// classes.
//
// Everything is in a fixed order and floating-point products are rounded one
// by one, so that the same input gives the same bytes on every machine.
package learn
