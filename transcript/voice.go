package transcript

import (
	"html"
	"strings"
)

// voice is what one voice says in a cue; "" is text outside the voice tags.
type voice struct {
	name  string
	lines []string
}

// voices reads the text of a cue: its voice tags say who speaks, the other tags
// are for the eye and go.
func voices(text []string) []voice {
	var all []voice
	var b strings.Builder
	name := ""
	put := func() {
		if s := b.String(); strings.TrimSpace(s) != "" {
			all = append(all, voice{name, strings.Split(s, "\n")})
		}
		b.Reset()
	}
	rest := strings.Join(text, "\n")
	for rest != "" {
		at := strings.IndexAny(rest, "<{")
		if at < 0 {
			b.WriteString(html.UnescapeString(rest))
			break
		}
		b.WriteString(html.UnescapeString(rest[:at]))
		rest = rest[at:]
		inside, after, ok := tag(rest)
		if !ok {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		rest = after
		if who, isVoice := voiceName(inside); isVoice {
			put()
			name = who
		}
	}
	put()
	return all
}

// tag reads <…> or {\…}. A sign that only stands there, as in "2 < 3", is none.
func tag(s string) (inside, after string, ok bool) {
	close := byte('>')
	if s[0] == '{' {
		close = '}'
	}
	if len(s) < 2 || close == '}' && s[1] != '\\' {
		return "", "", false
	}
	if c := s[1]; close == '>' && c != '/' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
		return "", "", false
	}
	end := strings.IndexByte(s[:min(len(s), maxTag)], close)
	if end < 0 || strings.IndexByte(s[1:end], '<') >= 0 {
		return "", "", false
	}
	return s[1:end], s[end+1:], true
}

// maxTag is how long a tag may be; it keeps a text of nothing but "<a" from
// being searched over and over.
const maxTag = 1 << 10

// voiceName gives the name in a voice tag, and "" for the end of one.
func voiceName(inside string) (string, bool) {
	if inside == "/v" {
		return "", true
	}
	kind, name, _ := strings.Cut(strings.ReplaceAll(inside, "\n", " "), " ")
	if kind != "v" && !strings.HasPrefix(kind, "v.") {
		return "", false
	}
	return clean(html.UnescapeString(name)), true
}
