// Package e2e has journeys through the real program in real browsers.
package e2e
