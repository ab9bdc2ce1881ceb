package paper

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"samenspel/figure"
	"samenspel/lens"
)

//go:embed page.html
var pageText string

//go:embed style.css
var style string

var page = template.Must(template.New("page").Parse(pageText))

// HTML writes the report as one page. It asks for nothing outside itself and
// has no script: its policy allows this one stylesheet by its hash and nothing
// else.
func (r *Report) HTML(w io.Writer) error {
	var b bytes.Buffer
	if err := page.Execute(&b, r.outline()); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Tag is the language of the report.
func (o *outline) Tag() string { return o.tag }

// Style is the stylesheet of the page.
func (o *outline) Style() template.HTML {
	return template.HTML("<style>" + style + "</style>") //nolint:gosec // a fixed text
}

// Policy is what the page may do.
func (o *outline) Policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// Whole, Good, Connecting and Lanes are the figures of the page; figure
// escapes what stands in them.
func (o *outline) Whole() template.HTML { return template.HTML(o.whole()) } //nolint:gosec // figure escapes

// Good is the shape of the ordinary good conversation.
func (o *outline) Good() template.HTML {
	return template.HTML(figure.GoodConversation("good", o.Say)) //nolint:gosec // figure escapes
}

// Connecting is the shape of the connecting dialogue.
func (o *outline) Connecting() template.HTML {
	return template.HTML(figure.ConnectingDialogue("connecting", o.Say)) //nolint:gosec // figure escapes
}

// Lanes is the road from left to right.
func (o *outline) Lanes() template.HTML { return template.HTML(o.lanes()) } //nolint:gosec // figure escapes

// Sign is the ring of an answer, or "" where there is none.
func (o *outline) Sign(c lens.Code) template.HTML {
	a, ok := answers[c]
	if !ok {
		return ""
	}
	return template.HTML(figure.AnswerSign(a)) //nolint:gosec // figure escapes
}

// key says what a layer is, in the list beside the figures.
type key struct{ Style, Name, About string }

// Keys are the layers from the outside to the core.
func (o *outline) Keys() []key {
	var list []key
	for _, l := range inward {
		list = append(list, key{styles[l], o.Say("layer." + string(l)), o.Say("layer." + string(l) + ".about")})
	}
	return list
}

// spoken is one utterance of the whole conversation.
type spoken struct {
	quote
	Layer string // how the stylesheet knows it
	Name  string // of the layer, "" for none
	First bool   // of a turn
}

// All is the whole conversation, numbered as the measures number it.
func (o *outline) All() []spoken {
	list := make([]spoken, 0, len(o.Conversation))
	n, turn := 0, 0
	for i, c := range o.Conversation {
		n = max(n+1, c.N)
		s := spoken{
			quote: quote{N: n, Who: o.name(c.Speaker), Text: c.Text, Where: o.where(n, lens.Clock(c.Start))},
			First: i == 0 || c.Turn != turn || c.Speaker != o.Conversation[i-1].Speaker,
		}
		if layer := cmp.Or(c.Codes[lens.Layer], lens.None); layer != lens.None {
			s.Layer, s.Name = styles[layer], o.Say("layer."+string(layer))
		}
		turn = c.Turn
		list = append(list, s)
	}
	return list
}

// NameOf is what somebody is called in the report.
func (o *outline) NameOf(speaker string) string { return o.name(speaker) }
