package press_test

import (
	"bytes"
	"html/template"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samenspel/web/press"
)

// words is a text that says of itself that it is not to be shown.
type words string

// Page is a page with everything that templates do with one.
type Page struct {
	Text  string
	Kind  words
	N     int
	Yes   bool
	List  []Item
	One   *Item
	Made  template.HTML
	Table map[string]bool
}

// Item is one thing on it.
type Item struct {
	Name string
	On   bool
}

func (p Page) Say(key string, args ...any) string { return key + ": " + p.Text }

func (i *Item) Loud() string { return strings.ToUpper(i.Name) }

const everything = `{{define "part"}}<b>{{.Name}}</b>{{if .On}} on{{end}}{{end}}` +
	`<p title="{{.Text}}">{{.Text}}</p>{{.Made}}<a href="/a/{{.Text}}/b?back={{.Text}}&amp;n={{.N}}">x</a><a href="{{.Text}}">y</a>` +
	`<textarea>{{.Text}}</textarea><title>{{.Kind}}</title>{{/* nothing */}}` +
	`{{if and .Yes (gt .N 3) (not .Text)}}1{{else if or .Yes .Text .N}}2{{else}}3{{end}}` +
	`{{with .One}}{{.Loud}}{{$.N}}{{template "part" .}}{{else}}none{{end}}{{with $x := .Text}}{{$x}}{{end}}` +
	`{{range $i, $e := .List}}{{$i}}={{$e.Name}},{{.Loud}}{{template "part" $e}}{{else}}empty{{end}}{{range .List}}{{.Name}}{{if eq .Name $.Text "a"}}!{{end}}{{end}}` +
	`{{$y := len .List}}{{$y}}{{if eq .Kind "a"}}k{{end}}{{if ne .N 2}}n{{end}}{{if index .Table .Text}}t{{end}}` +
	`{{.Say "key" "N" .N}}{{.Say (printf "a.%s" .Kind)}}{{twice .Text}}{{.Yes}}`

var funcs = template.FuncMap{"twice": func(s string) template.HTML { return template.HTML("<i>" + template.HTMLEscapeString(s+s) + "</i>") }}

// set sets a template for a page.
func set(t *testing.T, text string, page any) (*template.Template, *press.Form, error) {
	t.Helper()
	whole := template.Must(template.New("page").Funcs(funcs).Parse(text))
	_ = whole.Execute(io.Discard, page)
	form, err := press.Press{Funcs: funcs}.Set(whole, "page", reflect.TypeOf(page))
	return whole, form, err
}

// TestWhatIsPrintedIsTheSame holds press against html/template, to the byte, with
// whatever may stand in a text.
func TestWhatIsPrintedIsTheSame(t *testing.T) {
	whole, form, err := set(t, everything, Page{})
	if err != nil {
		t.Fatal(err)
	}
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("a<>&\"'+`=/:%2f\x00\uFFFD?#;! é\n"))),
		rapid.SampledFrom([]string{"javascript:alert(1)", "HTTPS://x", "mailto:a@b", "//x", "%zz%41", "\xff\xfe", "a"}))
	item := rapid.Custom(func(t *rapid.T) Item { return Item{text.Draw(t, "name"), rapid.Bool().Draw(t, "on")} })
	rapid.Check(t, func(t *rapid.T) {
		page := Page{
			Text: text.Draw(t, "text"), Kind: words(text.Draw(t, "kind")), N: rapid.IntRange(-3, 9).Draw(t, "n"), Yes: rapid.Bool().Draw(t, "yes"),
			List: rapid.SliceOfN(item, 0, 3).Draw(t, "list"), Made: "<u>&</u>", Table: map[string]bool{"a": true},
		}
		if rapid.Bool().Draw(t, "one") {
			one := item.Draw(t, "it")
			page.One = &one
		}
		var is, wanted bytes.Buffer
		if err := whole.Execute(&wanted, page); err != nil {
			t.Fatal(err)
		}
		if err := form.Print(&is, page); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(is.Bytes(), wanted.Bytes()) {
			t.Fatalf("it is\n%q\nand not\n%q", is.Bytes(), wanted.Bytes())
		}
	})
}

// TestWhatIsNotKnownIsRefused: html/template prints it then.
func TestWhatIsNotKnownIsRefused(t *testing.T) {
	for _, text := range []string{
		`<a onclick="{{.Text}}">x</a>`, `<script>{{.Text}}</script>`, `<p style="{{.Text}}">x</p>`, `<p class={{.Text}}>x</p>`,
		`{{range $k, $v := .Table}}{{$k}}{{end}}`, `{{$x := 1}}{{$x = 2}}{{$x}}`, `{{html .Text}}`, `{{.One}}`, `<p title="{{.Made}}">x</p>`, `{{or .Text .N}}`,
	} {
		if _, form, err := set(t, text, Page{}); err == nil || form != nil {
			t.Errorf("%s was set", text)
		}
	}
}

// TestAFaultIsAnError: what cannot be printed is no panic.
func TestAFaultIsAnError(t *testing.T) {
	_, form, err := set(t, `<p>{{.One.Name}}</p>`, Page{})
	if err != nil {
		t.Fatal(err)
	}
	if err := form.Print(new(bytes.Buffer), Page{}); err == nil {
		t.Error("nothing has a name")
	}
}
