package main

import (
	"slices"
	"testing"
)

func TestDifferences(t *testing.T) {
	built := []string{"a.test/one@v1", "a.test/one@v1", "samenspel@", "std@go1"}
	for name, tt := range map[string]struct{ list, want []string }{
		"the same":        {[]string{"std@go1", "a.test/one@v1"}, nil},
		"one is missing":  {[]string{"std@go1"}, []string{"a.test/one@v1 is listed 0 times"}},
		"another version": {[]string{"std@go1", "a.test/one@v2"}, []string{"a.test/one@v1 is listed 0 times", "a.test/one@v2 is listed and is not in the program"}},
		"one too many":    {[]string{"std@go1", "a.test/one@v1", "b.test/two@v1"}, []string{"b.test/two@v1 is listed and is not in the program"}},
		"one twice":       {[]string{"std@go1", "a.test/one@v1", "a.test/one@v1"}, []string{"a.test/one@v1 is listed 2 times"}},
		"the program":     {[]string{"std@go1", "a.test/one@v1", "samenspel@"}, []string{"samenspel@ is listed and is not in the program"}},
	} {
		if got := differences(tt.list, built); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestListed(t *testing.T) {
	got, err := listed([]byte(`{"bomFormat":"CycloneDX","components":[{"name":"a.test/one","version":"v1"}]}`))
	if err != nil || !slices.Equal(got, []string{"a.test/one@v1"}) {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range []string{"", "{}", `{"bomFormat":"SPDX"}`, "[]"} {
		if got, err := listed([]byte(bad)); err == nil {
			t.Errorf("%q gives %q", bad, got)
		}
	}
}
