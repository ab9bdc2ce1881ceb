package press

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escapers is what html/template names its own escapers by.
const escapers = "_html_template_"

// action sets a pipeline that is printed, or that gives a variable its value.
func (s *scope) action(n *parse.PipeNode) step {
	var escape []string
	cmds := n.Cmds
	for len(cmds) > 0 {
		name, ok := cmds[len(cmds)-1].Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(name.Ident, escapers) {
			break
		}
		escape = append([]string{strings.TrimPrefix(name.Ident, escapers)}, escape...)
		cmds = cmds[:len(cmds)-1]
	}
	v, kind := s.pipe(&parse.PipeNode{Cmds: cmds})
	if len(n.Decl) > 0 {
		put := s.declare(n, kind)
		return func(p *print) { put(p, v(p)) }
	}
	if len(escape) == 0 {
		refuse("what is printed without an escaper")
	}
	return printing(v, kind, strings.Join(escape, " "))
}

// printing sets how a value is printed where it stands.
func printing(v value, kind reflect.Type, escape string) step {
	if kind == reflect.TypeFor[template.HTML]() {
		if escape != "htmlescaper" {
			refuse("HTML for %s", escape)
		}
		return func(p *print) { p.out.WriteString(v(p).String()) }
	}
	text := textOf(v, kind)
	switch escape {
	case "htmlescaper", "attrescaper", "rcdataescaper":
		return func(p *print) { escapeHTML(p.out, text(p)) }
	case "urlescaper attrescaper":
		return func(p *print) { escapeURL(p.out, text(p), false) }
	case "urlnormalizer attrescaper":
		return func(p *print) { escapeURL(p.out, text(p), true) }
	case "urlfilter urlnormalizer attrescaper":
		return func(p *print) { escapeURL(p.out, safeURL(text(p)), true) }
	}
	refuse("the escapers %s", escape)
	return nil
}

// textOf gives what a value is as a text.
func textOf(v value, kind reflect.Type) func(p *print) string {
	spoken := kind.Implements(reflect.TypeFor[fmt.Stringer]()) || kind.Implements(reflect.TypeFor[error]()) ||
		reflect.PointerTo(kind).Implements(reflect.TypeFor[fmt.Stringer]()) || reflect.PointerTo(kind).Implements(reflect.TypeFor[error]())
	switch {
	case spoken, kind.PkgPath() == reflect.TypeFor[template.HTML]().PkgPath(), kind == reflect.TypeFor[onlyTruth]():
		refuse("%s is not printed as it is", kind)
	case kind.Kind() == reflect.String:
		return func(p *print) string { return v(p).String() }
	case kind.Kind() == reflect.Int, kind.Kind() == reflect.Int64:
		return func(p *print) string { return strconv.FormatInt(v(p).Int(), 10) }
	case kind.Kind() == reflect.Bool:
		return func(p *print) string { return strconv.FormatBool(v(p).Bool()) }
	}
	refuse("%s is not printed", kind)
	return nil
}

// signs are what may not stand in HTML as it is, nor between quotes in a tag.
var signs = map[byte]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// signAt is [signs] by number.
var signAt = func() (all [256]string) {
	for sign, text := range signs {
		all[sign] = text
	}
	return all
}()

func escapeHTML(out *bytes.Buffer, s string) {
	from := 0
	for i := range len(s) {
		if text := signAt[s[i]]; text != "" {
			out.WriteString(s[from:i])
			out.WriteString(text)
			from = i + 1
		}
	}
	out.WriteString(s[from:])
}

// plainInURL are the signs that stand in an address as they are, besides letters
// and digits; normalInURL are those that do so in an address as a whole.
const (
	plainInURL  = "-._~"
	normalInURL = "!#$&*+,/:;=?@[]"
)

// inURL tells which signs stand as they are in an address between quotes: in any
// part of one, or in a whole one alone.
var inURL = func() (all [256]struct{ part, whole bool }) {
	for c := range all {
		sign := byte(c)
		plain := 'a' <= sign && sign <= 'z' || 'A' <= sign && sign <= 'Z' || '0' <= sign && sign <= '9' || strings.IndexByte(plainInURL, sign) >= 0
		all[c].part = plain
		all[c].whole = plain || strings.IndexByte(normalInURL, sign) >= 0 && signAt[sign] == ""
	}
	return all
}()

// escapeURL writes a part of an address, or a whole one, between quotes in a tag.
func escapeURL(out *bytes.Buffer, s string, whole bool) {
	from := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case inURL[c].part, whole && inURL[c].whole:
			continue
		case whole && c == '%' && i+2 < len(s) && hex(s[i+1]) && hex(s[i+2]):
			continue
		}
		out.WriteString(s[from:i])
		if from = i + 1; whole && strings.IndexByte(normalInURL, c) >= 0 {
			escapeHTML(out, s[i:from])
			continue
		}
		const digits = "0123456789abcdef"
		out.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	out.WriteString(s[from:])
}

func hex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

// safeURL gives an address that does not run anything, or one that leads nowhere.
func safeURL(s string) string {
	scheme, _, ok := strings.Cut(s, ":")
	if ok && !strings.Contains(scheme, "/") && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
		return "#ZgotmplZ"
	}
	return s
}
