package account_test

import (
	"testing"

	"samenspel/account"
)

// BenchmarkWho is what each request pays to know who asks.
func BenchmarkWho(b *testing.B) {
	e := newEntrance(b)
	token := e.start(b, account.Person{ID: "amira"}, false)
	for b.Loop() {
		if _, err := e.Who(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
