package web_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samenspel"
	"samenspel/internal/browser"
	"samenspel/report"
)

// TestErasingInABrowser: somebody erases their own words and reads the proof,
// asks for what another wrote, is told no with a reason and then yes, and lets
// words rest. The professional answers in a browser of their own.
func TestErasingInABrowser(t *testing.T) {
	b := browser.Start(t)
	w := liveWorld(t)
	w.Demo["professional"] = person("a", professional)
	w.wish("a", vrager, "goes on", samenspel.SetPace{Pace: samenspel.Ordinary})
	w.wish("a", vrager, "mine", samenspel.WordStatement{Words: word("to be erased"), Layer: samenspel.Need, NewTheme: word("door"),
		SeenBy: []samenspel.PartnerID{partner("a", professional)}, Chosen: true})
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	p, q := b.Person(t, browser.Settings{Width: 390}), b.Person(t, browser.Settings{Width: 1280, Height: 1000, Language: "en", Dark: true})
	shot := func(of *browser.Person, name string) {
		if dir := os.Getenv("SAMENSPEL_SHOTS"); dir != "" {
			of.Shot(filepath.Join(dir, name+".png"))
		}
		for _, v := range of.Axe() {
			t.Error(v)
		}
	}
	p.Go(server.URL + "/demo/visitor")
	q.Go(server.URL + "/demo/professional")

	p.Go(server.URL + onStatement("mine", "erase"))
	p.See("Dit kan niet terug.")
	p.See("Wie dit kon lezen")
	shot(p, "erase-own")
	p.Submit("text=Ja, wis het")
	p.See("Het is gewist.")
	p.SeeNo("to be erased")
	p.See("Eigen woorden")
	shot(p, "rights")
	p.Follow(".sheet a[href^='/mine/erased']")
	p.See("Bewijs van wissen")
	shot(p, "certificate")

	p.Go(server.URL + onStatement("shown", "erase"))
	p.Fill("#words", "it was not like that")
	shot(p, "erase-ask")
	p.Submit("text=Vraag het")
	p.See("Je vraag is verstuurd.")
	q.Go(server.URL + table + "/rights")
	q.See("This waits for your answer")
	shot(q, "waiting")
	q.Follow("#waiting + ul li:first-child a")
	q.See("it was not like that")
	shot(q, "answer")
	q.Submit("text=Send the answer")
	q.See("Choose why not.")
	q.Expect("422")
	q.Click("text=The law says that it has to stay.")
	q.Fill("#words", "it belongs to the request for help")
	q.Submit("text=Send the answer")
	q.See("Your answer was sent.")
	p.Go(server.URL + table + "/rights")
	p.Follow("#asked + ul li:first-child a")
	p.See("De wet zegt dat het moet blijven.")
	p.See("it belongs to the request for help")
	shot(p, "refused")

	p.Go(server.URL + onStatement("shown", "erase"))
	p.Submit("text=Leg stil")
	p.See("Deze woorden liggen nu stil.")
	p.See("Dit ligt stil")
	shot(p, "frozen")
	p.Follow("#ice ~ article a")
	p.Submit("text=Laat weer meedoen")
	p.See("Deze woorden doen weer mee.")

	p.Go(server.URL + onStatement("shown", "erase"))
	p.Submit("text=Vraag het")
	q.Go(server.URL + table + "/rights")
	q.Follow("#waiting + ul li:first-child a")
	q.Submit("text=Yes, erase it")
	q.See("It is erased.")
	p.Go(server.URL + table + "/rights")
	p.See("Woorden die een ander over mij schreef")
	p.Go(server.URL + "/mine")
	p.See("Mijn gegevens")
	shot(p, "mine")
	q.Go(server.URL + "/mine")
	shot(q, "mine-en")
}

// TestMyDataIsWhole: the copy has what is about its reader, says what is not
// in it, and nothing that was erased.
func TestMyDataIsWhole(t *testing.T) {
	w := newWorld(t)
	w.stage()
	got := w.post(vrager, "/mine", url.Values{})
	z, err := zip.NewReader(bytes.NewReader(got.Body.Bytes()), int64(got.Body.Len()))
	if got.Code != 200 || err != nil {
		t.Fatalf("%d, %v", got.Code, err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	for name, has := range map[string]string{
		"index.html": "place-1/index.html", "door.json": "sessions", "place-1/story.json": kept + " shown",
		"place-1/words.html": kept + " shown", "place-1/beside.json": kept + " reason", "manifest.json": "samenspel-mine", "manifest.sig": "",
	} {
		if text, there := files[name]; !there || !strings.Contains(text, has) {
			t.Errorf("%s (%v) says nothing of %q", name, there, has)
		}
	}
	for name, text := range files {
		if strings.Contains(text, "own to go") {
			t.Errorf("%s has what was erased", name)
		}
	}
}

// TestACertificateIsSigned: whoever has it and the key of the installation can
// see that it is whole. Nobody else gets it.
func TestACertificateIsSigned(t *testing.T) {
	w := newWorld(t)
	w.stage()
	path := "/mine/erased/" + string(alliance("a")) + "/" + string(erasure("hidden erasure"))
	got := w.get(vrager, path+"/signed")
	var c report.SignedCertificate
	if err := json.Unmarshal(got.Body.Bytes(), &c); got.Code != 200 || err != nil {
		t.Fatalf("%d, %v", got.Code, err)
	}
	key, err := base64.StdEncoding.DecodeString(c.Key)
	signature, again := base64.StdEncoding.DecodeString(c.Signature)
	message := append([]byte("samenspel erasure certificate\n"), c.Certificate...)
	if err != nil || again != nil || !ed25519.Verify(key, message, signature) || !bytes.Equal(key, w.Signer.Public()) {
		t.Error("the signature does not hold")
	}
	var what report.Certificate
	if err := json.Unmarshal(c.Certificate, &what); err != nil || what.Kind != "own" || what.Entries != 1 || what.Before == what.After {
		t.Errorf("%+v, %v", what, err)
	}
	if strings.Contains(got.Body.String(), kept) || w.get(professional, path).Code != 404 || w.get(vrager, path).Code != 200 {
		t.Error("it has words, or somebody else gets it")
	}
}
