package sqlite

import "samenspel/backup"

// stays is for a table that is in no backup.
const stays backup.Part = 0

// travel says for each table in which file of a backup it is, and why. A table
// that is not here goes with the data, so that nothing is ever lost by being
// forgotten; a test asks for its line all the same.
//
// What seals something and may be destroyed, so that words are gone, belongs
// with the keys. What lets somebody in stays: what was stolen, ended or used up
// after the backup must not open again.
var travel = map[string]struct {
	in  backup.Part
	why string
}{
	"entry":            {backup.Data, "the log"},
	"head":             {backup.Data, "where the log stands"},
	"register":         {backup.Data, "how many alliances there are"},
	"member":           {backup.Data, "who sits at which table"},
	"person":           {backup.Data, "who is known at the door"},
	"look":             {backup.Data, "who has looked"},
	"back_in":          {backup.Data, "what is still to be told of links that let somebody in"},
	"activity_wording": {backup.Data, "the organisation's own words"},
	"organisation":     {backup.Data, "who answers for this house"},
	"emergency":        {backup.Data, "where people look in an emergency"},

	"wrapped_key": {backup.Keys, "whoever destroys a key has to be sure that no backup brings it back"},

	"house_secret":  {backup.Keys, "it is sealed by the master key, and a change of that renews it"},
	"master_key":    {backup.Keys, "it says which master key the other keys hang on"},
	"passkey":       {backup.Keys, "one that was taken away since, of a device that was stolen, must not open again"},
	"credential":    {backup.Keys, "a password that was changed or taken away since must not open again"},
	"recovery":      {backup.Keys, "a code that was used since must not open again"},
	"only_own":      {backup.Keys, "whoever chose it since must not be let in by a link"},
	"passkey_owner": {backup.Keys, "whose passkeys they are"},

	"passkey_challenge": {stays, "a question that was answered must not be asked again"},
	"spent":             {stays, "it counts for minutes"},
	"tries":             {stays, "it counts for hours"},
	"session":           {stays, "a session that was stolen or ended since must not live again"},
	"link":              {stays, "a link that was used, withdrawn or closed since must not open again"},
	"goose_db_version":  {stays, "the schema of a new database says itself what it is"},
}

// partOf says in which file a table is.
func partOf(table string) backup.Part {
	if t, known := travel[table]; known {
		return t.in
	}
	return backup.Data
}
