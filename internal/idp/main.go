// Command idp is a real OpenID provider for the tests of Samenspel, in a module
// of its own so that the program does not depend on what it is made of. Whoever
// logs in says who they are and at which level: everybody here is invented.
package main

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "idp:", err)
		os.Exit(1)
	}
}

// run serves until the process is ended, and prints where.
func run() error {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	issuer := "http://" + l.Addr().String()
	kept, err := newStorage()
	if err != nil {
		return err
	}
	config := &op.Config{CodeMethodS256: true}
	rand.Read(config.CryptoKey[:])
	provider, err := op.NewProvider(config, kept, op.StaticIssuer(issuer), op.WithAllowInsecure())
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", kept.ask)
	mux.HandleFunc("POST /login", kept.answer(op.AuthCallbackURL(provider)))
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.Handle("/", provider)
	// The path of a callback is found by the issuer of the request.
	handler := op.NewIssuerInterceptor(provider.IssuerFromRequest).Handler(mux)
	fmt.Println("issuer: " + issuer)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(l)
}
