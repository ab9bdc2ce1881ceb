package postgres

import (
	"context"
	"net"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// silence is how long a connection may stay without an answer to what was sent
// before it counts as broken.
const silence = 10 * time.Second

// userTimeout is TCP_USER_TIMEOUT of tcp(7), in milliseconds, which package
// syscall leaves out.
const userTimeout = 0x12

// dial reaches a server. A network that swallows everything breaks the
// connection after a while, where without a limit it would hang for a quarter
// of an hour.
func dial(patience time.Duration) pgconn.DialFunc {
	d := &net.Dialer{
		Timeout:         patience,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3},
		Control: func(network, _ string, c syscall.RawConn) error {
			if network == "unix" {
				return nil
			}
			var failed error
			err := c.Control(func(fd uintptr) {
				failed = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, userTimeout, int(silence.Milliseconds()))
			})
			if err == nil {
				err = failed
			}
			return err
		},
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		return d.DialContext(ctx, network, address)
	}
}
