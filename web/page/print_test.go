package page

import "testing"

// TestEveryPageIsSet: html/template prints no page itself.
func TestEveryPageIsSet(t *testing.T) {
	for _, p := range All {
		if _, err := setPage(p); err != nil {
			t.Error(err)
		}
	}
}
