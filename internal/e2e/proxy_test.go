package e2e

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"

	"samenspel/internal/browser"
)

// TestAProxyThatKeepsStreams stands between the program and a browser, and passes
// an answer on when it has all of it. A live page finds out and asks now and then:
// what others do comes in, and what is typed stays.
func TestAProxyThatKeepsStreams(t *testing.T) {
	t.Parallel()
	d := demo(t)
	program := addr(d.lines["vrager"])
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keepingProxy(w, r, program)
	}))
	t.Cleanup(func() { // once the browser, which comes later, is gone
		proxy.CloseClientConnections()
		proxy.Close()
	})
	b := browser.Start(t)
	els, home := seat(t, b, d, "professional", browser.Settings{})

	nadia := b.Person(t, phone)
	nadia.Allow("timeout")
	nadia.Go(proxy.URL + d.lines["vrager"][len("http://"+program):])
	nadia.Go(at(nadia.URL(), "friction"))
	nadia.Fill("#words", "Een half verhaal")
	still := same(t, nadia)
	els.Go(at(home, "friction"))
	els.Fill("#words", "Ik hoorde het te laat.")
	tick(els, "seen_by", "Nadia")
	els.Submit("main text=Het schuurt")
	nadia.See("Het schuurt bij Els")
	nadia.SeeNo("Geen verbinding.")
	still()
	if got := browser.Eval[string](nadia, `document.activeElement.id + words.value`); got != "wordsEen half verhaal" {
		t.Errorf("while typing: %q", got)
	}
}

// keepingProxy answers with what the program answers, once it has all of it.
func keepingProxy(w http.ResponseWriter, r *http.Request, program string) {
	ask := r.Clone(r.Context())
	ask.RequestURI, ask.URL.Scheme, ask.URL.Host = "", "http", program
	got, err := http.DefaultTransport.RoundTrip(ask) // Host is passed on as it came
	if err != nil {
		http.Error(w, "the program does not answer", http.StatusBadGateway)
		return
	}
	defer got.Body.Close()
	all, err := io.ReadAll(got.Body)
	if err != nil {
		return // the browser went away, and the question with it
	}
	maps.Copy(w.Header(), got.Header)
	w.WriteHeader(got.StatusCode)
	_, _ = w.Write(all)
}
