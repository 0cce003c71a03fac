/** Methods of HTTP (RFC 9110 §9.3, RFC 5789): a field `method` may hold one, or be the code's. */
export const httpMethod = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE)$/;
