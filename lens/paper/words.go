package paper

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed nl.json en.json
var texts embed.FS

// Languages are those in which a report can be made; the first is that of the
// project.
var Languages = []string{"nl", "en"}

// words says the texts of one language.
type words struct {
	tag string
	all map[string]string
}

// speak gives the words of a language, Dutch for one that is not there.
func speak(tag string) words {
	w := words{tag: Languages[0]}
	for _, known := range Languages {
		if known == tag {
			w.tag = tag
		}
	}
	b, err := texts.ReadFile(w.tag + ".json")
	if err == nil {
		err = json.Unmarshal(b, &w.all)
	}
	if err != nil {
		panic("paper: " + err.Error()) // the file is in the program: the tests see it
	}
	return w
}

// Say gives the text of a key. Args are pairs: the name of a place in the text
// and what goes there. Where the number under "N" is 1, the text of the key
// with ".one" behind it is taken if there is one.
func (w words) Say(key string, args ...any) string {
	text, ok := w.all[key]
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "N" && args[i+1] == 1 {
			if one, has := w.all[key+".one"]; has {
				text, ok = one, true
			}
		}
	}
	if !ok {
		return "[" + key + "]"
	}
	for i := 0; i+1 < len(args); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprintf("{{.%v}}", args[i]), fmt.Sprint(args[i+1]))
	}
	return text
}

// list joins names as in a sentence: "Yara, Hanan en Mieke".
func (w words) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return w.Say("list.and", "Before", strings.Join(names[:last], ", "), "Last", names[last])
}
