package arch

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// action is what a template does between its braces. The walk puts a sign in
// its place that is no letter, so that what is left is the template's own.
var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// spoken are the attributes that somebody reads or hears.
var spoken = map[string]bool{"alt": true, "aria-description": true, "aria-label": true,
	"aria-roledescription": true, "aria-valuetext": true, "label": true, "placeholder": true, "title": true}

// untranslated are the only words that a template may hold: the name of the
// program, and of each language in itself.
var untranslated = regexp.MustCompile(`\b(?:Samenspel|Nederlands|English)\b`)

// templates finds in the templates what the Content-Security-Policy forbids
// (scripts, handlers and styles in the page) and words that are in no text
// file.
func templates(t *tree) []string {
	var complaints []string
	for _, f := range t.files {
		if path.Ext(f.path) != ".html" || f.foreign() || strings.Contains("/"+f.path, "/testdata/") {
			continue
		}
		for _, fault := range templateFaults(f.text) {
			complaints = append(complaints, f.path+": "+fault)
		}
	}
	return complaints
}

func templateFaults(text string) []string {
	var faults []string
	inside := "" // the element that the text is in
	for page := html.NewTokenizer(strings.NewReader(action.ReplaceAllString(text, " • "))); ; {
		kind := page.Next()
		token := page.Token()
		switch kind {
		case html.ErrorToken: // the end: a tokenizer takes whatever comes
			return faults
		case html.StartTagToken, html.SelfClosingTagToken:
			inside = token.Data
			if inside == "style" {
				faults = append(faults, "a <style> in the page")
			}
			faults = append(faults, attributeFaults(token)...)
		case html.EndTagToken:
			inside = ""
		case html.TextToken:
			switch {
			case inside == "script" && strings.TrimSpace(token.Data) != "":
				faults = append(faults, "a script in the page")
			case inside != "script" && inside != "style" && hasWords(token.Data):
				faults = append(faults, fmt.Sprintf("words in no text file: %q", strings.TrimSpace(token.Data)))
			}
		}
	}
}

func attributeFaults(element html.Token) []string {
	var faults []string
	for _, attribute := range element.Attr {
		name := attribute.Key
		value := strings.ToLower(strings.TrimSpace(attribute.Val))
		switch {
		case name == "style", strings.HasPrefix(name, "on"), strings.HasPrefix(name, "hx-on"),
			strings.HasPrefix(value, "javascript:"):
			faults = append(faults, fmt.Sprintf("<%s> with a script or style in its attribute %s", element.Data, name))
		case spoken[name] && hasWords(attribute.Val):
			faults = append(faults, fmt.Sprintf("words in no text file: %s=%q", name, attribute.Val))
		}
	}
	return faults
}

// hasWords reports whether a text holds letters of its own.
func hasWords(text string) bool {
	return strings.ContainsFunc(untranslated.ReplaceAllString(text, ""), unicode.IsLetter)
}
