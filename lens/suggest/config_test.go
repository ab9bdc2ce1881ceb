package suggest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"strings"
	"testing"

	"samenspel/lens/suggest"
)

var discard = log.New(io.Discard, "", 0)

func TestAddresses(t *testing.T) {
	for url, ok := range map[string]bool{
		"http://127.0.0.1:8000/v1":                true,
		"http://[::1]:8000/v1/":                   true,
		"http://192.168.1.9/v1/chat/completions":  true,
		"http://10.0.0.3":                         true,
		"http://[fd00::7]/v1":                     true,
		"http://localhost:8000/v1":                true,
		"https://taal.example.org/v1":             true,
		"https://203.0.113.9/v1":                  true,
		"":                                        false,
		"127.0.0.1:8000":                          false,
		"ftp://127.0.0.1/v1":                      false,
		"file:///etc/passwd":                      false,
		"http://":                                 false,
		"http://203.0.113.9/v1":                   false,
		"http://[::ffff:203.0.113.9]/v1":          false,
		"http://0.0.0.0:8000/v1":                  false,
		"http://geheim:sleutel@127.0.0.1/v1":      false,
		"https://taal.example.org/v1?key=sleutel": false,
		"https://taal.example.org/v1#sleutel":     false,
		"https://sleutel taal.example.org/v1":     false,
		"https://taal.example.org:sleutel/v1":     false,
	} {
		_, err := suggest.New(suggest.Config{URL: url, Name: "taal"})
		if (err == nil) != ok {
			t.Errorf("%s: %v", url, err)
		}
		if err != nil && strings.Contains(err.Error(), "sleutel") {
			t.Errorf("the error repeats the key: %v", err)
		}
	}
	if _, err := suggest.New(suggest.Config{URL: "http://203.0.113.9/v1", Name: "taal", Far: true}); err != nil {
		t.Errorf("allowed, and yet: %v", err)
	}
	if (suggest.Config{}).On() {
		t.Error("it is on before anybody set it")
	}
}

func TestOtherSettings(t *testing.T) {
	const url = "http://127.0.0.1/v1"
	for _, c := range []suggest.Config{{URL: url}, {URL: url, Name: "taal", Key: "sleu\r\ntel"}, {URL: url, Name: "taal", Key: "sleutél"}} {
		if _, err := suggest.New(c); err == nil || strings.Contains(err.Error(), "sleu") {
			t.Errorf("%v", err)
		}
	}
}

func TestTheKeyIsNotPrinted(t *testing.T) {
	c := suggest.Config{URL: "http://127.0.0.1/v1", Name: "taal", Key: "sleutel"}
	s := suggester(t, c)
	asJSON, err := json.Marshal(map[string]any{"key": c.Key})
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, said := range []string{fmt.Sprintf(verb, c), fmt.Sprintf(verb, &c), fmt.Sprintf(verb, s), fmt.Sprintf(verb, *s), string(asJSON)} {
			if strings.Contains(said, "sleutel") || strings.Contains(said, "736c657574656c") {
				t.Errorf("%s prints %s", verb, said)
			}
		}
	}
}
