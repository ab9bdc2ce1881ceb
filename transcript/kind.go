package transcript

import "io"

// cast is who speaks.
type cast struct{}

// open finds the form of a file.
func (r *Recording) open(f io.ReaderAt, size int64) error {
	switch {
	case size > MaxSize:
		return fault(TooLarge, 0, "a file of more than 256 MiB", "at most 256 MiB")
	case size <= 0:
		return fault(Empty, 0, "a file with nothing in it", "a transcript")
	}
	return fault(Binary, 0, "a file that is not known yet", "a transcript")
}
