package sqlite

import (
	"maps"
	"slices"
	"testing"

	"samenspel/relational"
)

// apart are the columns of bytes that do not hang on the master key, each with
// the reason. A new column stands here or in shelves, or the test fails.
var apart = map[string]string{
	"access_line.link":               "a link of the chain, under the chain's own key",
	"access_chain.link":              "a link of the chain, under the chain's own key",
	"access_chain.mac":               "signed by the chain's own key",
	"entry.structure":                "sealed under the alliance's own key, which hangs on the master key",
	"entry.words":                    "sealed under its holder's own key, which hangs on the master key",
	"entry.words_hash":               "a hash of what is sealed",
	"entry.chain":                    "a link of the chain, under the alliance's own key",
	"head.chain":                     "a link of the chain, under the alliance's own key",
	"link.secret":                    "a hash of a random secret",
	"link.code":                      "a MAC under the secret of the link",
	"link.used_by":                   "a hash of a random id",
	"session.token":                  "a hash of a random token",
	"passkey_owner.handle":           "random, and no secret: the device knows it",
	"passkey.credential":             "an id that the device gave, and no secret",
	"passkey.public_key":             "a public key",
	"passkey_challenge.asked":        "a hash of a random question",
	"passkey_challenge.holder":       "a hash of the cookie of the browser that was asked",
	"credential.name":                "a mark of a sign-in name, under a secret of the house",
	"credential.salt":                "random, beside the hash of a password",
	"credential.hash":                "what Argon2id makes of a password",
	"recovery.mark":                  "a mark of a random code, under a secret of the house",
	"tries.name":                     "a mark of a sign-in name, under a secret of the house",
	"spent.mark":                     "a hash of what was used once",
	"master_key.current":             "a fingerprint",
	"master_key.before":              "a fingerprint",
	"master_key.entrusted":           "a fingerprint",
	"organisation_identity.identity": "a mark of issuer and subject, under a secret of the house",
	"organisation_identity.issuer":   "a mark of an issuer, under a secret of the house",
}

// TestEveryColumnOfBytesIsKnown holds shelves against the schema: a sealed
// column that a change of the master key forgets would be lost with the old
// key.
func TestEveryColumnOfBytesIsKnown(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := db.read.Query(`
		SELECT t.name, c.name, c.type, c.pk FROM sqlite_schema t JOIN pragma_table_info(t.name) c
		WHERE t.type = 'table' ORDER BY t.name, c.pk`)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	bytes, keys := map[string]bool{}, map[string][]string{}
	for r.Next() {
		var table, column, kind string
		var key int
		if err := r.Scan(&table, &column, &kind, &key); err != nil {
			t.Fatal(err)
		}
		if kind == "BLOB" || kind == "ANY" {
			bytes[table+"."+column] = true
		}
		if key > 0 {
			keys[table] = append(keys[table], column)
		}
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	on := map[string]bool{}
	for _, s := range relational.Shelves() {
		on[s.Table+"."+s.Column] = true
		if !slices.Equal(s.Key, keys[s.Table]) {
			t.Errorf("%s.%s: its key is %v, the schema has %v", s.Table, s.Column, s.Key, keys[s.Table])
		}
	}
	for _, column := range slices.Sorted(maps.Keys(bytes)) {
		if on[column] == (apart[column] != "") {
			t.Errorf("%s stands in shelves: %v, and in apart: %q; it has to be in one of both", column, on[column], apart[column])
		}
	}
	for column := range maps.Keys(apart) {
		if !bytes[column] {
			t.Errorf("%s is in apart and not in the schema", column)
		}
	}
	for column := range on {
		if !bytes[column] {
			t.Errorf("%s is in shelves and not in the schema", column)
		}
	}
	if len(bytes) < 10 {
		t.Errorf("only %d columns of bytes were found", len(bytes))
	}
}
