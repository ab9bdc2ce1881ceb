//go:build !linux

package main

// keepMemory does nothing where the system offers nothing of the kind.
func keepMemory() {}
