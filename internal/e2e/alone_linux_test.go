package e2e

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// TestWithoutNetwork starts the program where there is nothing but the
// machine's own loopback, and looks at pages there. Root can make such a place;
// others can where the machine lets them.
func TestWithoutNetwork(t *testing.T) {
	if os.Getenv(inside) != "" {
		servesAlone(t)
		return
	}
	path, err := binary() // built outside: that may need the network
	if err != nil {
		t.Fatal(err)
	}
	again := exec.Command(os.Args[0], "-test.run=^TestWithoutNetwork$", "-test.v")
	again.Env = append(os.Environ(), inside+"="+path)
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if os.Geteuid() != 0 {
		again.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		again.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		again.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := again.CombinedOutput()
	var ended *exec.ExitError
	switch {
	case err == nil && strings.Contains(string(out), "--- PASS: TestWithoutNetwork"):
	case err == nil || errors.As(err, &ended):
		t.Errorf("without a network: %v\n%s", err, out)
	case os.Getenv("CI") != "" && os.Geteuid() == 0:
		t.Fatalf("root cannot make a place without a network: %v", err)
	default:
		t.Skipf("no place without a network can be made here: %v", err)
	}
}

// servesAlone is the test inside that place.
func servesAlone(t *testing.T) {
	if err := loopbackUp(); err != nil {
		t.Fatalf("bring up the loopback: %v", err)
	}
	links, err := net.Interfaces()
	if err != nil || len(links) != 1 || links[0].Flags&net.FlagLoopback == 0 {
		t.Fatalf("there is a network: %v, %v", links, err)
	}
	binary = func() (string, error) { return os.Getenv(inside), nil }
	site := serve(t, t.TempDir(), "127.0.0.1:0").lines["samenspel"]
	for _, path := range []string{"/healthz", "/", "/help", "/in"} {
		got, err := http.Get(site + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		if got.Body.Close(); err != nil || got.StatusCode != http.StatusOK || len(body) == 0 {
			t.Errorf("%s: %d, %d bytes, %v", path, got.StatusCode, len(body), err)
		}
	}
}

// loopbackUp lets a machine without a network reach itself.
func loopbackUp() error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	var asked struct { // struct ifreq: a name and its flags
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(asked.name[:], "lo")
	asked.flags = syscall.IFF_UP | syscall.IFF_RUNNING
	if _, _, no := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&asked))); no != 0 {
		return no
	}
	return nil
}
