package web

import (
	"fmt"
	"hash/crc32"
	"time"
)

// open counts a stream for as long as it is there.
func (v *visit) open() (ended func()) {
	v.streams.Add(1)
	counted := v.Meter.Stream()
	return func() { v.streams.Add(-1); counted() }
}

// once says that the page asks now and then, because something between it and
// here keeps a stream to itself until it ends.
func (v *visit) once() bool { return v.r.URL.Query().Has("once") }

// asksEvery is how long such a page waits.
const asksEvery = 15 * time.Second

// hello is how a stream begins: by it a page sees that what is sent arrives.
func (v *visit) hello() string {
	if v.once() {
		return fmt.Sprintf("event: here\nretry: %d\ndata:\n\n", asksEvery.Milliseconds())
	}
	return "event: here\ndata:\n\n"
}

// sayBack tells the page of a stream, when the program stops, after how long it
// is to come back. Whoever went away hears nothing of it.
func (v *visit) sayBack(last string) {
	select {
	case <-v.Closing:
		_ = v.send(fmt.Sprintf("event: back\nretry: %d\ndata:\n\n", backAfter(last, v.streams.Load()))) // the stream ends either way
	default:
	}
}

// backAfter is how many milliseconds a page waits before it comes back, with so
// many streams open: a second for each thousand, so that the program that starts
// is not asked by all at once. It follows from what the page shows, so that it
// tells a reader nothing that the page does not.
func backAfter(last string, streams int64) int64 {
	spread := 2000 + streams/1000*1000
	return 500 + int64(crc32.ChecksumIEEE([]byte(last)))%spread
}
