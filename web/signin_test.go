package web_test

import (
	"maps"
)

func init() {
	known := func(mine int) answers { return answers{401, 401, mine, mine, mine, mine, mine, mine, mine, mine} }
	maps.Copy(matrix, map[string]answers{
		"POST /in/password":        {422, 422, 422, 422, 422, 422, 422, 422, 422, 422}, // without a password
		"POST /in/code":            {403, 403, 403, 403, 403, 403, 403, 403, 403, 403}, // without a first step
		"GET /me/first":            known(303),                                         // they came in by a way of their own
		"GET /me/password":         known(200),
		"POST /me/password":        known(422),
		"POST /me/password/code":   known(403),
		"POST /me/password/remove": known(404), // there is none
		"POST /me/recovery":        known(404),
		"POST /me/session":         known(303),
		"POST /me/only":            known(303),
		"POST /me/known":           known(303),
	})
	maps.Copy(made, map[string][]string{
		"signin.by.%s":     {"link", "passkey", "password", "organisation", "demo"},
		"signin.device.%s": {"phone", "tablet", "computer"},
		"signin.weak.%s":   {"short", "long", "known", "plain", "name", "sign"},
	})
	saying["toMe"] = "did."
}
