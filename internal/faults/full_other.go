//go:build !linux

package main

import (
	"context"
	"errors"
)

var errNoMount = errors.New("a small disk cannot be mounted on this system")

func full(context.Context, *round) (result, error) { return result{}, errNoMount }
