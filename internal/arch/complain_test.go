package arch

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sources is a repository in memory: texts by path.
type sources map[string]string

func (s sources) load(t *testing.T) *tree {
	t.Helper()
	root := fstest.MapFS{}
	for path, text := range s {
		root[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return load(t, root)
}

// examples shows each rule a repository with faults, among much that is good.
var examples = []struct {
	rule    string
	name    string
	sources sources
	want    []string
}{
	{"comments", "a package, a program and one that has it in another file", sources{
		"web/web.go":           "package web",
		"web/web_test.go":      "package web_test",
		"cmd/samenspel/run.go": "// Package main runs.\npackage main",
		"figure/svg.go":        "package figure",
		"figure/doc.go":        "// Package figure draws.\npackage figure",
		"cmd/other/main.go":    "// Command other runs.\npackage main",
	}, []string{
		"cmd/samenspel: package main has no comment that says its reason",
		"web: package web has no comment that says its reason",
	}},
	{"dependencies", "nobody says why", sources{
		"go.mod": "module samenspel\n\nrequire example.org/one v1.0.0\n",
	}, []string{"docs/decisions/dependencies.md: is not there"}},
	{"dependencies", "one without a line and one with two", sources{
		"go.mod": "module samenspel\n\ngo 1.26.0\n\nrequire (\n\texample.org/one v1.0.0\n\texample.org/one/two v1.2.0\n" +
			"\texample.org/three v0.1.0\n\texample.org/far v0.2.0 // indirect\n)\n",
		"docs/decisions/dependencies.md": "# Dependencies\n- `example.org/one`: for this\n- example.org/three: for that\n" +
			"- not `example.org/four`, as example.org/three does it\n",
	}, []string{
		"docs/decisions/dependencies.md: example.org/one/two has 0 lines, wants one",
		"docs/decisions/dependencies.md: example.org/three has 2 lines, wants one",
	}},
	{"imports", "an arrow the wrong way, a way round the doors, an unknown package", sources{
		"words.go":              "package samenspel\nimport \"samenspel/journal\"",
		"figure/figure.go":      "package figure\nimport \"samenspel\"",
		"web/web.go":            "package web\nimport (\n\"samenspel/workspace\"\nstore \"samenspel/sqlite\"\n\"database/sql\"\n)",
		"web/web_test.go":       "package web\nimport \"samenspel/sqlite\"",
		"workspace/do.go":       "package workspace\nimport \"modernc.org/sqlite/lib\"",
		"sqlite/sqlite.go":      "package sqlite\nimport (\n_ \"modernc.org/sqlite\"\n\"samenspel/journal\"\n)",
		"atlas/atlas.go":        "package atlas",
		"atlas/read.go":         "package atlas",
		"cmd/samenspel/main.go": "package main\nimport \"samenspel/internal/browser\"",
		"internal/load/load.go": "package main\nimport (\n\"samenspel/sqlite\"\n\"database/sql\"\n)",
	}, []string{
		"atlas: this package is not in the table of imports",
		"cmd/samenspel/main.go:2: cmd/samenspel may not import samenspel/internal/browser",
		"web/web.go:4: web may not import samenspel/sqlite",
		"web/web.go:5: web may not import database/sql",
		"words.go:2: . may not import samenspel/journal",
		"workspace/do.go:2: workspace may not import modernc.org/sqlite/lib",
	}},
	{"names", "of a file, a package, a type, a field and functions", sources{
		"web/page/form_" + "helpers.go":  "package page",
		"sqlite/store.go":                "package " + "utils\ntype " + "Mock struct { Service" + "Name, modelled string }",
		"web/web.go":                     "package web\nfunc (s Server) Common() {}\nfunc helper() {}\nfunc NewHTTPManager() {}",
		"web/static/vendor/" + "util.js": "",
	}, []string{
		`sqlite/store.go:1: the name utils holds the empty word "util"`,
		`sqlite/store.go:2: the name Mock holds the empty word "mock"`,
		`sqlite/store.go:2: the name ServiceName holds the empty word "service"`,
		`web/page/form_helpers.go: the name web/page/form_helpers.go holds the empty word "helper"`,
		`web/web.go:2: the name Common holds the empty word "common"`,
		`web/web.go:4: the name NewHTTPManager holds the empty word "manager"`,
	}},
	{"purity", "the world, the clock, a goroutine and others' packages", sources{
		"alliance.go":        "package samenspel\nimport (\n\"strings\"\n\"os/exec\"\n\"sync\"\n\"github.com/google/uuid\"\n)",
		"alliance_test.go":   "package samenspel\nimport \"os\"",
		"figure/figure.go":   "package figure\nimport (\n\"samenspel\"\nclock \"time\"\n)\nvar now, day = clock.Now, clock.Hour\nfunc f() { go f() }",
		"web/web.go":         "package web\nimport (\n\"os\"\n\"time\"\n)\nvar now = time.Now\nfunc f() { go f() }",
		"figure/oslo/map.go": "package oslo\nimport \"os\"",
	}, []string{
		"alliance.go:4: a pure package may not import os/exec",
		"alliance.go:5: a pure package may not import sync",
		"alliance.go:6: a pure package may not import github.com/google/uuid",
		"figure/figure.go:6: a pure package may not use time.Now",
		"figure/figure.go:7: a pure package starts no goroutine",
	}},
	{"sizes", "files, a function and a suite for tests", sources{
		"web/just.go":           "package web\n" + strings.Repeat("\n", maxFile-1),
		"web/long.go":           "package web\n" + strings.Repeat("\n", maxFile),
		"web/just_test.go":      "package web\nfunc f() {\n" + strings.Repeat("\n", maxTestFile-3) + "}\n",
		"web/long_test.go":      "package web\n" + strings.Repeat("\n", maxTestFile),
		"web/function.go":       "package web\nfunc just() {\n" + strings.Repeat("\n", maxFunction-2) + "}\nfunc long() {\n" + strings.Repeat("\n", maxFunction-1) + "}\n",
		"journal/logtest/go.go": "package logtest\nfunc f() {\n" + strings.Repeat("\n", maxFile) + "}\n",
	}, []string{
		"web/function.go:long: 61 lines, at most 60",
		"web/long.go: 401 lines, at most 400",
		"web/long_test.go: 601 lines, at most 600",
	}},
	{"sizes", "a root of too many files", manyFiles(maxRootFiles + 1),
		[]string{"the root package has 45 files, at most 44"}},
	{"sizes", "a root of just enough files", manyFiles(maxRootFiles), nil},
	{"sleeps", "a test that waits", sources{
		"web/live_test.go": "package web\nimport \"time\"\nfunc f() { time.Sleep(time.Second) }",
		"web/live.go":      "package web\nimport time \"samenspel/pace\"\nfunc f() { time.Sleep() }",
	}, []string{"web/live_test.go:3: nothing here sleeps"}},
	{"templates", "what the policy forbids", sources{
		"web/page/a.html":            `<script src="{{asset "a.js"}}"></script><script>{{.Data}}</script>`,
		"web/page/b.html":            `<p class="{{.Class}}" {{if .On}}onclick="go()"{{end}} STYLE="color:{{.Colour}}">{{.Text}}</p>`,
		"web/page/c.html":            "<style>p {}</style><a href=' javascript:f()'></a><i hx-on:click='f()'></i>",
		"web/static/testdata/d.html": "<p onclick='f()'>Words</p>",
	}, []string{
		"web/page/a.html: a script in the page",
		"web/page/b.html: <p> with a script or style in its attribute onclick",
		"web/page/b.html: <p> with a script or style in its attribute style",
		"web/page/c.html: <a> with a script or style in its attribute href",
		"web/page/c.html: <i> with a script or style in its attribute hx-on:click",
		"web/page/c.html: a <style> in the page",
	}},
	{"templates", "words that nobody can translate", sources{
		"web/page/a.html": "<!doctype html><!-- why --><html lang=\"nl\"><title>Samenspel · {{.Title}}</title><h1>Welkom, {{.Name}}!</h1>" +
			"<a title=\"{{say \"language\"}}\" lang=\"en\">English</a>",
		"web/page/b.html": "<input placeholder='Typ hier' name='words' value='{{.Value}}'>{{if gt .Count 3}}→ 12 &amp; 3{{end}}<p>é",
	}, []string{
		`web/page/a.html: words in no text file: "Welkom,  • !"`,
		`web/page/b.html: words in no text file: "é"`,
		`web/page/b.html: words in no text file: placeholder="Typ hier"`,
	}},
	{"words", "more readings than are known, and one where none is", sources{
		"journal/codec.go":      "package journal\nvar text = words.Text()",
		"sqlite/store.go":       "package sqlite\nvar text = words.Text()",
		"sqlite/store_test.go":  "package sqlite\nvar again = words.Text()",
		"web/page/page.go":      "package page\nvar a, b = words.Text(), of(some).Text()",
		"web/web.go":            "package web\nvar a, b = words.Text, words.Text(1)",
		"internal/load/load.go": "package main\nvar text = words.Text()",
	}, []string{
		"sqlite: reads words in the clear at 1 places, 0 are known",
		"web/page: reads words in the clear at 2 places, 1 are known",
	}},
}

func manyFiles(count int) sources {
	files := sources{"all_test.go": "package samenspel"}
	for n := range count {
		files[strings.Repeat("a", n+1)+".go"] = "package samenspel"
	}
	return files
}

func TestTheRulesComplain(t *testing.T) {
	shown := map[string]bool{"texts": true} // by TestStrangersAreFound
	for _, example := range examples {
		shown[example.rule] = true
		t.Run(example.rule+"/"+example.name, func(t *testing.T) {
			got := rules[example.rule](example.sources.load(t))
			slices.Sort(got)
			if diff := cmp.Diff(example.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("complaints (-want +got):\n%s", diff)
			}
		})
	}
	for name := range rules {
		if !shown[name] {
			t.Errorf("nobody has seen %s complain", name)
		}
	}
}

func TestStrangersAreFound(t *testing.T) {
	for _, text := range []string{
		"cd /" + "work/main", "see (/" + "root/go)", "`/" + "home/anna/x`", "/" + "Users/anna", `C:\` + `Users\anna`,
		"as in ../shared/" + "design/look.md",
		"https://proxy." + "golang.org/x", "sum." + "golang.org", "registry." + "npmjs.org", "deb." + "debian.org/debian",
		"archive." + "ubuntu.com", "https://pypi." + "org/simple", "files.pythonhosted." + "org", "static." + "crates.io",
		"Chat" + "GPT", "Open" + "AI", "Anth" + "ropic", "Cla" + "ude says", "GitHub " + "Copilot", "Co-Authored" + "-By: X",
		"AI-" + "generated", "machine " + "written", "made with " + "an LLM", "Written by " + "AI",
	} {
		if got := texts(sources{"docs/a.md": "# A\n" + text + "\n"}.load(t)); len(got) != 1 || !strings.HasPrefix(got[0], "docs/a.md:2: ") {
			t.Errorf("%q: complaints %q", text, got)
		}
		if got := texts(sources{"web/static/vendor/a.js": text}.load(t)); len(got) != 0 {
			t.Errorf("%q in a foreign file: complaints %q", text, got)
		}
	}
	fine := "web/home/page.html ./work/x golang.org/x/net root/ debian.org main machine\nopen air, generated by go generate"
	if got := texts(sources{"docs/a.md": fine, "bin/samenspel": "/" + "root/x", ".git": "/" + "home/x"}.load(t)); len(got) != 0 {
		t.Errorf("complaints about good texts: %q", got)
	}
}

func TestExceptionsForSize(t *testing.T) {
	larger["web/long.go"], larger["web/gone.go"] = "a table in one piece", "once a table"
	t.Cleanup(func() { delete(larger, "web/long.go"); delete(larger, "web/gone.go") })
	got := sizes(sources{"web/long.go": "package web\n" + strings.Repeat("\n", maxFile)}.load(t))
	if diff := cmp.Diff([]string{"web/gone.go: needs no exception for its size"}, got); diff != "" {
		t.Errorf("complaints (-want +got):\n%s", diff)
	}
}
