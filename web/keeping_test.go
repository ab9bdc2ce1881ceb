package web_test

import (
	"maps"
	"net/url"

	"samenspel"
	"samenspel/retention"
)

func init() {
	saying["officerActs"], saying["forOrganisation"] = "did.", "did."
	whys := listed(samenspel.HoldWhys[:])
	maps.Copy(made, map[string][]string{
		"retain.hold.%s": whys, "retain.from.%s": listed(samenspel.Counts[:]), "retain.unit.%s": {"years", "months", "weeks"},
		"retain.row_%s": {"none", "unknown", "open"},
	})
	keeps := answers{401, 401, 404, 404, 404, 404, 403, 403, 303, 403} // a professional at the table
	never := answers{401, 401, 404, 404, 404, 404, 404, 404, 404, 404} // nobody here is a privacy officer
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/keeping":              looks,
		"POST /a/{alliance}/keeping":             keeps,
		"POST /a/{alliance}/keeping/hold":        keeps,
		"POST /a/{alliance}/keeping/lift":        keeps,
		"POST /a/{alliance}/keeping/propose":     {401, 401, 404, 404, 404, 404, 403, 403, 403, 403}, // it is open
		"POST /a/{alliance}/keeping/withdraw":    keeps,
		"POST /a/{alliance}/keeping/confirm":     {401, 401, 404, 404, 404, 404, 403, 403, 404, 403}, // nothing is proposed
		"GET /keeping":                           {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
		"GET /keeping.csv":                       {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
		"POST /keeping/{alliance}/confirm":       never, // nothing is proposed
		"GET /officer/keeping":                   never,
		"GET /officer/keeping.csv":               never,
		"GET /officer/keeping/{alliance}":        never,
		"POST /officer/keeping/{alliance}/{act}": never,
		"GET /gone":                              {401, 401, 200, 200, 200, 200, 200, 200, 200, 200},
		"GET /gone/{gone}":                       never, // nothing is gone
		"GET /gone/{gone}/json":                  never,
		"GET /admin/terms":                       {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
		"POST /admin/terms":                      {401, 401, 404, 404, 404, 303, 404, 404, 404, 404},
		"POST /admin/terms/drop":                 {401, 401, 404, 404, 404, 303, 404, 404, 404, 404},
	})
	maps.Copy(moreFields, url.Values{
		"regime": {"wmo"}, "why": {"court"}, "proposal": {id("nothing")}, "number": {"5"}, "unit": {"years"}, "count": {"ended"}, "source": {"besluit"}, "term": {"own-" + id("nothing")},
	})
}

// listed are words from a list of the domain.
func listed[T ~string](list []T) (all []string) {
	for _, one := range list {
		all = append(all, string(one))
	}
	return all
}

// shippedTerms are the terms that come with the program.
func shippedTerms() []samenspel.Regime {
	list, err := retention.Shipped()
	if err != nil {
		panic(err)
	}
	return list
}
