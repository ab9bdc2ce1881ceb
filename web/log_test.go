package web_test

import (
	"maps"

	"samenspel/accesslog"
)

func init() {
	officers := answers{401, 401, 404, 404, 404, 404, 404, 404, 404, 404}
	maps.Copy(matrix, map[string]answers{
		"GET /log":            officers,
		"GET /log.csv":        officers,
		"POST /admin/officer": {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
	})
	maps.Copy(made, map[string][]string{
		"accesslog.kind.%s":    texts(accesslog.Kinds),
		"accesslog.outcome.%s": texts(accesslog.Outcomes),
		"accesslog.staff.%s":   {accesslog.ForAdministrator, accesslog.ForOfficer, accesslog.ForProfessional},
	})
}
