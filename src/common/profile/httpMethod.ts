/** The methods that requests of applications have, as alternatives of an expression. */
export const requestMethods = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';

/** Methods of HTTP (RFC 9110 §9.3, RFC 5789): a field `method` may hold one, or be the code's. */
export const httpMethod = new RegExp(`^(?:${requestMethods}|CONNECT|TRACE)$`);
